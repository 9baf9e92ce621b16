/** Steps of training and validation on any backend, optimizers and schedules. */
package org.spactor.engine.train;
