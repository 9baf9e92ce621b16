/** The language in which architectures and objectives write what is computed. */
package org.spactor.api.graph;
