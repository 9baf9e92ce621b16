/** What a run is trained on: this machine's CPU or one of its cards. */
package org.spactor.runner.device;
