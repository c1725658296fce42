// Package config reads the settings of a server.
package config

import (
	"fmt"
	"strconv"
	"strings"
)

// Config holds the settings; its zero value listens nowhere.
type Config struct {
	Host    string
	Port    int
	Workers int
}

// Parse reads lines of "name = value" and returns the settings, or the error of the first line
// that is wrong.
func Parse(text string) (Config, error) {
	config := Config{Host: "localhost", Port: 8080, Workers: 1}
	var err error
	for number, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		if !found {
			return Config{}, fmt.Errorf("line %d: no value: %q", number+1, line)
		}
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(name) {
		case "host":
			config.Host = value
		case "port":
			config.Port, err = strconv.Atoi(value)
		case "workers":
			config.Workers, err = strconv.Atoi(value)
		default:
			err = fmt.Errorf("unknown name %q", strings.TrimSpace(name))
		}
		if err != nil {
			return Config{}, fmt.Errorf("line %d: %w", number+1, err)
		}
	}
	return config, nil
}
