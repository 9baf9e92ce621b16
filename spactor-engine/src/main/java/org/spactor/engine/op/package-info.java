/** The engine's own operations, as SameDiff knows them while a graph is declared and differentiated. */
package org.spactor.engine.op;
