/** How parameters follow from gradients: AdamW and Adafactor. */
package org.spactor.engine.optimizer;
