/** Tests of tokens and of the keys that they are checked with. */
package io.pushgate.gateway.auth;
