/** What the program finds around it: its version, the machine's memory, and why files cannot be read or written. */
package org.spactor.runner.environment;
