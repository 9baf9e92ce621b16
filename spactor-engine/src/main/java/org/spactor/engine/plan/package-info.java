/** Plans: instructions over buffers with fixed shapes and places. Plain data. */
package org.spactor.engine.plan;
