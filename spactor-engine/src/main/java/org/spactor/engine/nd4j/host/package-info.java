/** Kernels as plain loops over the host's memory. */
package org.spactor.engine.nd4j.host;
