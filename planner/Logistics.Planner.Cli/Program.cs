Console.WriteLine("logistics");
