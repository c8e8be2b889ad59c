/** The store on disk, in real directories: whole, killed, damaged, full and without power. */
package io.pushgate.gateway.broker.disk;
