/**
 * Built-in curricula. All of them but {@code weighted} are made of two kinds of step, those of the hybrid objective and
 * those of span corruption alone ({@link org.spactor.objectives.curriculum.Stages}), and differ in when they take which.
 */
package org.spactor.objectives.curriculum;
