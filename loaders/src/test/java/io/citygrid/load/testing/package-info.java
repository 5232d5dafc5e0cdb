/** What the tests of the loaders share. */
package io.citygrid.load.testing;
