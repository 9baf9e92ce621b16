/** What is learnt: losses and metrics, built on an architecture. */
package org.spactor.api.objective;
