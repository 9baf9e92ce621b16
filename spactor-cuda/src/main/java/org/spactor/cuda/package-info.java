/** A backend that runs plans on NVIDIA GPUs: memory, programs and tensors on a {@link org.spactor.cuda.device.Device}. */
package org.spactor.cuda;
