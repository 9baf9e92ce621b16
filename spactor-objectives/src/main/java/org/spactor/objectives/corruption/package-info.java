/** Built-in corruptors: T5's span corruption, and the choice of the tokens that a generator replaces. */
package org.spactor.objectives.corruption;
