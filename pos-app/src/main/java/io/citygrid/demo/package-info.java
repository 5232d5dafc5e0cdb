/** The whole chain on one machine: PostgreSQL, four grid nodes, the web app and data, kept between runs. */
@NullMarked
package io.citygrid.demo;

import org.jspecify.annotations.NullMarked;
