/**
 * Loads plugins: finds their jars, checks what can be checked before a class is loaded, and gives each plugin a class
 * loader of its own. What a plugin contributes is found by {@link org.spactor.runner.component}, as what is built in.
 */
package org.spactor.runner.plugin;
