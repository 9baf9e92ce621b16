/** How the learning rate goes, step by step. */
package org.spactor.api.schedule;
