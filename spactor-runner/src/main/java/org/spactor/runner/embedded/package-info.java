/**
 * Spactor embedded in a program, as a library. {@link org.spactor.runner.embedded.Spactor} prepares a
 * {@link org.spactor.runner.embedded.Run}.
 */
package org.spactor.runner.embedded;
