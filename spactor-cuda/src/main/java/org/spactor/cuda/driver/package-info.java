/** NVIDIA's driver and libraries behind the seam of a device. */
package org.spactor.cuda.driver;
