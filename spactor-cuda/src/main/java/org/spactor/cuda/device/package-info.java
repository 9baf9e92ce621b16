/** A card as a thin seam: memory, kernels, matrix products, recordings. What is behind it is NVIDIA's driver, or whatever a test puts there. */
package org.spactor.cuda.device;
