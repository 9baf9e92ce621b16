/** Shows what the configured corruptors do to a text. */
package org.spactor.runner.preview;
