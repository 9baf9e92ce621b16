/** A card played on the CPU, so that kernels are tested where there is none. */
package org.spactor.cuda.emulator;
