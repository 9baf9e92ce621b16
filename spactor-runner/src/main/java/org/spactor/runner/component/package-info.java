/** Finds the components that a configuration can name, built-in ones and those of plugins, by the same means. */
package org.spactor.runner.component;
