/** Networks, and the parts of them that objectives are built from. */
package org.spactor.api.architecture;
