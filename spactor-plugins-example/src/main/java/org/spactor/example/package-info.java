/**
 * A plugin to read and to start one's own from: one component of each kind, built against {@code spactor-api} alone.
 *
 * <ul>
 *   <li>corruptor {@code ul2}: {@link org.spactor.example.Ul2Corruptor}
 *   <li>curriculum {@code cosine-hand-over}: {@link org.spactor.example.CosineHandOver}
 *   <li>objective {@code prefix-lm}: {@link org.spactor.example.PrefixLm}
 *   <li>architecture {@code t5-rotary}: {@link org.spactor.example.RotaryT5}
 * </ul>
 */
package org.spactor.example;
