/** Declares models: types, shapes and bounds are known at once; SameDiff holds the graph and differentiates it. */
package org.spactor.engine.graph;
