/** Saved plans, and what other modules need to test theirs. */
package org.spactor.engine.saved;
