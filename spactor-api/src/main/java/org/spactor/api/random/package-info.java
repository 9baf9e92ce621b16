/** Random numbers that depend on keys alone, never on what was drawn before. */
package org.spactor.api.random;
