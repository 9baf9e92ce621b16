/** Goes from what a user asked for to a checked configuration and the components that it names. */
package org.spactor.runner.assembly;
