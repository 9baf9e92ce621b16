/**
 * What a run leaves behind so that it can go on: checkpoints that are whole or not there at all, the manifest by which
 * they are checked, the comparison of what a run was with what it is asked to be, and the lock on its folder.
 */
package org.spactor.runner.checkpoint;
