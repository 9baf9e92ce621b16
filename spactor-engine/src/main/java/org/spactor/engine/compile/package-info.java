/** From a declared graph to a plan: check, rewrite, place. */
package org.spactor.engine.compile;
