/**
 * Spactor as a library: what a program uses that trains by itself. {@link org.spactor.runner.library.Spactor} prepares a
 * {@link org.spactor.runner.library.Run}.
 */
package org.spactor.runner.library;
