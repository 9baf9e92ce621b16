/**
 * A plugin to read and to start one's own from, built against {@code spactor-api} alone. Each of these is a source file of
 * its own, provider and component:
 *
 * <ul>
 *   <li>corruptors {@code whole-word}, {@link org.spactor.example.WholeWord}, and {@code electra-mask}, {@link
 *       org.spactor.example.ElectraMask}
 *   <li>objectives {@code span-corruption-z}, {@link org.spactor.example.SpanCorruptionZ}, {@code contrastive}, {@link
 *       org.spactor.example.Contrastive}, and {@code prefix-lm}, {@link org.spactor.example.PrefixLm}
 *   <li>architectures {@code t5-alibi}, {@link org.spactor.example.T5Alibi}, and {@code prefix-decoder}, {@link
 *       org.spactor.example.PrefixDecoder}, which share their {@link org.spactor.example.Layers}
 *   <li>optimizer {@code lion}, {@link org.spactor.example.Lion}
 *   <li>schedule {@code warm-up-stable-decay}, {@link org.spactor.example.WarmUpStableDecay}
 * </ul>
 *
 * <p>These are of several classes, with more options:
 *
 * <ul>
 *   <li>corruptor {@code ul2}: {@link org.spactor.example.Ul2Corruptor}
 *   <li>curriculum {@code cosine-hand-over}: {@link org.spactor.example.CosineHandOver}
 * </ul>
 */
package org.spactor.example;
