/** Steps of training and validation on any backend. */
package org.spactor.engine.train;
