/** Which losses count for how much, step by step. */
package org.spactor.api.curriculum;
