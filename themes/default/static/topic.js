// topic
