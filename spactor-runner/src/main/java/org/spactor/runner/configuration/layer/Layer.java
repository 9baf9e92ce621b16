package org.spactor.runner.configuration.layer;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.commons.configuration2.tree.InMemoryNodeModel;

/** One layer, as Commons Configuration holds it. */
final class Layer extends BaseHierarchicalConfiguration {
    Layer(ImmutableNode root) {
        super(new InMemoryNodeModel(root));
    }
}
