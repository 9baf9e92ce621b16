/** Tensors in files. */
package org.spactor.engine.storage;
