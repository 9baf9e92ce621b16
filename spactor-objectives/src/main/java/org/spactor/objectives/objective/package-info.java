/** Built-in objectives, and the names of their losses. */
package org.spactor.objectives.objective;
