/** The pieces that a tokenizer knows, and the ids that have a role. */
package org.spactor.api.vocabulary;
