/** Examples, and what is done to them before a model reads them: spans and tokens are masked. */
package org.spactor.api.corruption;
