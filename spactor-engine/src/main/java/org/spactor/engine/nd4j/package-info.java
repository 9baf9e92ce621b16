/** The backend on ND4J: kernels of its own for a CPU, and others composed of its operations. */
package org.spactor.engine.nd4j;
