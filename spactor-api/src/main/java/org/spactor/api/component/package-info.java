/** What all components have in common: how they are made, named, and given options. */
package org.spactor.api.component;
