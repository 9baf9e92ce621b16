/**
 * From text files to batches: documents are read ({@link org.spactor.data.DocumentSource}), tokenised once ({@link
 * org.spactor.data.Corpus}), packed into segments without padding ({@link org.spactor.data.Packing}), corrupted ({@link
 * org.spactor.data.CorruptorChain}) and put together to batches ({@link org.spactor.data.BatchSource}), ahead of the
 * training loop ({@link org.spactor.data.BatchPipeline}).
 *
 * <p>From the token store on everything is a pure function of the store, the seed and an index: any step's batch can be
 * made without the ones before it.
 */
package org.spactor.data;
