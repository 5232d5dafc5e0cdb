package io.citygrid.load.chain;

/**
 * A store as the loaders need it.
 *
 * @param code short and unique, such as KHI001
 */
public record ChainStore(int id, String code, String name, int cityId) {}
