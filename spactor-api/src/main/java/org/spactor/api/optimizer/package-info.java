/** How parameters follow from gradients. */
package org.spactor.api.optimizer;
