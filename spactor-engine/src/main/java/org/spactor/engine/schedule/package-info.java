/** How the learning rate goes: constant, linear, cosine, inverse square root. */
package org.spactor.engine.schedule;
