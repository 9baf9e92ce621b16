/** Kernels: how each kind of instruction becomes work for a device. */
package org.spactor.cuda.kernel;
